// Builds frontend/src into frontend/dist: hashed files plus manifest.json, which {% asset "app.css" %} reads.
// ES modules with splitting: a heavy part (charts) is its own chunk, fetched only by a page that shows one.
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { createHash } from "node:crypto";
import { build } from "esbuild";
import { buildFonts } from "./fonts.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");

await rm(dist, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["src/app.js", "src/app.css", "src/icons.svg", "src/mark.svg"],
  outdir: dist,
  bundle: true,
  minify: true,
  splitting: true,
  format: "esm",
  target: ["chrome105", "firefox110", "safari16"],
  entryNames: "[name]-[hash]",
  chunkNames: "chunks/[name]-[hash]",
  assetNames: "fonts/[name]-[hash]",
  loader: { ".woff2": "file", ".svg": "copy" },
  legalComments: "linked",
  metafile: true,
});

const manifest = {};
for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
  if (entryPoint && entryPoint.startsWith("src/")) manifest[entryPoint.slice(4)] = file.replace(/^dist\//, "");
}
// Two sheets: the few faces of our own words, read by every page, and the long tail, read after the page has shown.
const rules = await buildFonts(join(dist, "fonts"));
const outputs = { ...metafile.outputs };
for (const [name, isTail] of [["fonts", false], ["fonts-tail", true]]) {
  const css = rules.filter((rule) => rule.name.startsWith("tail-") === isTail).map((rule) => rule.css).join("\n");
  const file = `${name}-${createHash("sha256").update(css).digest("hex").slice(0, 8).toUpperCase()}.css`;
  await writeFile(join(dist, file), css + "\n");
  manifest[`${name}.css`] = file;
  outputs[`dist/${file}`] = {};
}
await writeFile(join(dist, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");

// The faces that documents are set in (plumbing/pdf): whole fonts, because names need every character.
const print = join(dist, "print");
await mkdir(print);
for (const [home, family] of [["noto-sans-sc", "NotoSansSC"], ["noto-serif-sc", "NotoSerifSC"]]) {
  for (const weight of ["400Regular", "700Bold"]) {
    const file = `${family}_${weight}.ttf`;
    await copyFile(join(here, "node_modules/@expo-google-fonts", home, weight, file), join(print, file));
  }
}

// Compressed once here, so that no request waits for it; the static server offers them by their ending.
for (const file of Object.keys(outputs)) {
  if (!/\.(css|js|svg)$/.test(file)) continue;
  const bytes = await readFile(join(here, file));
  await writeFile(join(here, `${file}.gz`), gzipSync(bytes, { level: 9 }));
  await writeFile(join(here, `${file}.br`), brotliCompressSync(bytes));
}
