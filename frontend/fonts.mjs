// Cuts Noto Sans SC for our own words: npm's slices in, a few small files and their @font-face rules out.
//
// The published slices are cut by how often the whole web uses a character and keep every weight, so one Chinese page of
// ours fetched 400 to 900 kB. We know our words: the characters of our templates and catalogues, counted, make
//   - "core": the most frequent, with Latin and digits, in weight 400, and the first of them in 600;
//   - "words": the rest of our words, and "names": places, trades and people as companies carry them, weight 400;
//   - the long tail: the published slices without all these, pinned to 400.
// The family of 400 stands second in the stack, so a bold character outside the core is thickened by the browser.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { convert } from "fontverter";
import subsetFont from "subset-font";
import { mergeGlyphs } from "./merge.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "node_modules/@fontsource-variable/noto-sans-sc");
const CORE_CHARACTERS = 380;
const BOLD_CHARACTERS = 200;
const WORDS_A_FILE = 190;
// Rooms whose words stand on the pages that people keep open all day: their words come in the first files.
const DAILY = /jieqing\/(plumbing|web|claims\/receivables)\//;
const LATIN = [...Array.from({ length: 95 }, (_, at) => 32 + at), 0xa0, 0xa5, 0xb7, 0x2013, 0x2014, 0x2018, 0x2019, 0x201c, 0x201d, 0x2026, 0x202f, 0x2190, 0x2191, 0x2192, 0x2193, 0x25b2, 0x25bc];
const PUNCTUATION = [...Array.from({ length: 0x12 }, (_, at) => 0x3000 + at), 0x3014, 0x3015, 0xff01, 0xff08, 0xff09, 0xff0c, 0xff1a, 0xff1b, 0xff1f, 0xffe5];

async function* files(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !["tests", "__pycache__", "migrations", "law"].includes(entry.name)) yield* files(path);
    else if (/\.(html|po|py)$/.test(entry.name)) yield path;
  }
}

async function ourCharacters() {
  const counts = new Map();
  for await (const path of files(join(here, "../src/jieqing"))) {
    for (const character of await readFile(path, "utf8")) {
      const code = character.codePointAt(0);
      if (code >= 0x3400 && code <= 0x9fff) counts.set(code, (counts.get(code) || 0) + (DAILY.test(path) ? 1000 : 1));
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([code]) => code);
}

async function slices() {
  const ranges = JSON.parse(await readFile(join(source, "unicode.json"), "utf8"));
  return Object.entries(ranges).map(([key, range]) => {
    const codes = range.split(",").flatMap((part) => {
      const [from, to] = part.trim().slice(2).split("-").map((text) => parseInt(text, 16));
      return Array.from({ length: (to ?? from) - from + 1 }, (_, at) => from + at);
    });
    return { path: join(source, "files", `noto-sans-sc-${key.replace(/\[(\d+)\]/, "$1")}-wght-normal.woff2`), codes };
  });
}

async function cut(all, wanted, weight) {
  const left = new Set(wanted);
  const pieces = [];
  for (const { path, codes } of all) {
    const here = codes.filter((code) => left.has(code));
    if (!here.length) continue;
    for (const code of here) left.delete(code);
    const text = String.fromCodePoint(...here);
    pieces.push(await subsetFont(await readFile(path), text, { targetFormat: "truetype", variationAxes: { wght: weight } }));
  }
  return convert(pieces.length > 1 ? mergeGlyphs(pieces) : pieces[0], "woff2");
}

const rangeOf = (codes) => {
  const parts = [];
  for (const code of [...codes].sort((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last && last[1] === code - 1) last[1] = code;
    else parts.push([code, code]);
  }
  return parts.map(([from, to]) => `U+${from.toString(16)}${to > from ? `-${to.toString(16)}` : ""}`).join(",");
};

async function faces() {
  const all = await slices();
  const known = new Set(all.flatMap(({ codes }) => codes));
  const ours = (await ourCharacters()).filter((code) => known.has(code));
  const core = [...LATIN, ...PUNCTUATION, ...ours.slice(0, CORE_CHARACTERS)].filter((code) => known.has(code));
  const used = new Set(core);
  const take = (codes) => [...new Set(codes)].filter((code) => known.has(code) && !used.has(code) && used.add(code));
  const words = take(ours.slice(CORE_CHARACTERS));
  const names = take([...(await readFile(join(here, "src/name-characters.txt"), "utf8"))].map((c) => c.codePointAt(0)).filter((c) => c > 0x33ff));
  const plan = [["core", "Jieqing Core", 400, core], ["bold", "Jieqing Core", 600, core.slice(0, core.length - CORE_CHARACTERS + BOLD_CHARACTERS)]];
  for (const [name, codes] of [["words", words], ["names", names]]) {
    for (let at = 0; at < codes.length; at += WORDS_A_FILE) plan.push([`${name}-${at / WORDS_A_FILE}`, "Jieqing Text", 400, codes.slice(at, at + WORDS_A_FILE)]);
  }
  all.forEach(({ codes }, index) => plan.push([`tail-${index}`, "Jieqing Text", 400, codes.filter((code) => !used.has(code))]));
  return { all, plan: plan.filter(([, , , codes]) => codes.length) };
}

/** Writes the files into `folder` and returns the style sheet; what was cut before from the same input is kept. */
export async function buildFonts(folder) {
  const { all, plan } = await faces();
  const version = JSON.parse(await readFile(join(source, "package.json"), "utf8")).version;
  const own = createHash("sha256").update(await readFile(join(here, "fonts.mjs"))).update(await readFile(join(here, "merge.mjs"))).update(version).digest("hex");
  const cache = join(here, "node_modules/.cache/jieqing-fonts");
  await mkdir(cache, { recursive: true });
  await mkdir(folder, { recursive: true });
  const rules = [];
  for (const [name, family, weight, codes] of plan) {
    const key = createHash("sha256").update(`${own} ${weight} ${codes.join()}`).digest("hex").slice(0, 8).toUpperCase();
    const kept = join(cache, `${key}.woff2`);
    if (!existsSync(kept)) await writeFile(kept, await cut(all, codes, weight));
    const file = `${name}-${weight}-${key}.woff2`;
    await writeFile(join(folder, file), await readFile(kept));
    rules.push({ name, css: `@font-face{font-family:"${family}";font-weight:${weight};font-display:swap;src:url(./fonts/${file}) format("woff2");unicode-range:${rangeOf(codes)}}` });
  }
  return rules;
}
