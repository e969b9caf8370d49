// Puts the glyphs of several TrueType fonts of one family into one font: outlines, widths and character map, no layout
// tables. The pieces come from one design (same units, same metrics), so only glyph numbers change.

const u16 = (view, at) => view.getUint16(at);
const pad4 = (length) => (length + 3) & ~3;

function tablesOf(buffer) {
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  const tables = {};
  for (let at = 12, left = u16(view, 4); left; left -= 1, at += 16) {
    const tag = String.fromCharCode(...buffer.subarray(at, at + 4));
    const start = view.getUint32(at + 8);
    tables[tag] = buffer.subarray(start, start + view.getUint32(at + 12));
  }
  return tables;
}

const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Character to glyph, from the widest Unicode map (format 12, else 4). */
function charactersOf(cmap) {
  const view = viewOf(cmap);
  const found = new Map();
  const maps = Array.from({ length: u16(view, 2) }, (_, at) => view.getUint32(4 + at * 8 + 4));
  const of = (format) => maps.find((at) => u16(view, at) === format);
  const twelve = of(12);
  if (twelve !== undefined) {
    for (let group = 0, at = twelve + 16; group < view.getUint32(twelve + 12); group += 1, at += 12) {
      const [from, to, glyph] = [0, 4, 8].map((shift) => view.getUint32(at + shift));
      for (let code = from; code <= to; code += 1) found.set(code, glyph + code - from);
    }
    return found;
  }
  const four = of(4);
  const half = u16(view, four + 6) / 2;
  for (let segment = 0; segment < half; segment += 1) {
    const end = u16(view, four + 14 + segment * 2);
    const start = u16(view, four + 16 + half * 2 + segment * 2);
    const delta = u16(view, four + 16 + half * 4 + segment * 2);
    const place = four + 16 + half * 6 + segment * 2;
    const offset = u16(view, place);
    for (let code = start; code <= end && code < 0xffff; code += 1) {
      const glyph = offset ? u16(view, place + offset + (code - start) * 2) : code;
      if (glyph) found.set(code, (glyph + delta) & 0xffff);
    }
  }
  return found;
}

/** Moves the glyph numbers inside a composite glyph by `shift`. */
function renumbered(glyph, shift) {
  if (!glyph.length || viewOf(glyph).getInt16(0) >= 0) return glyph;
  const copy = glyph.slice();
  const view = viewOf(copy);
  for (let at = 10, more = true; more; ) {
    const flags = u16(view, at);
    const number = u16(view, at + 2);
    view.setUint16(at + 2, number ? number + shift : 0);
    at += 4 + (flags & 1 ? 4 : 2) + (flags & 8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0);
    more = Boolean(flags & 0x20);
  }
  return copy;
}

function glyphsOf(tables) {
  const loca = viewOf(tables.loca);
  const isLong = viewOf(tables.head).getInt16(50) === 1;
  const place = (at) => (isLong ? loca.getUint32(at * 4) : u16(loca, at * 2) * 2);
  const wide = u16(viewOf(tables.hhea), 34);
  const hmtx = viewOf(tables.hmtx);
  return Array.from({ length: u16(viewOf(tables.maxp), 4) }, (_, at) => ({
    outline: tables.glyf.subarray(place(at), place(at + 1)),
    advance: u16(hmtx, Math.min(at, wide - 1) * 4),
    bearing: at < wide ? hmtx.getInt16(at * 4 + 2) : hmtx.getInt16(wide * 4 + (at - wide) * 2),
  }));
}

function cmapOf(characters) {
  const sorted = [...characters].sort((a, b) => a[0] - b[0]);
  const groups = [];
  for (const [code, glyph] of sorted) {
    const last = groups.at(-1);
    if (last && last[1] === code - 1 && last[2] + code - last[0] === glyph) last[1] = code;
    else groups.push([code, code, glyph]);
  }
  const bmp = groups.filter(([from]) => from < 0xffff).concat([[0xffff, 0xffff, 0]]);
  const fourSize = 16 + bmp.length * 8;
  const table = Buffer.alloc(4 + 16 + pad4(fourSize) + 16 + groups.length * 12);
  const view = viewOf(table);
  const four = 20;
  const twelve = four + pad4(fourSize);
  view.setUint16(2, 2);
  [[3, 1, four], [3, 10, twelve]].forEach(([platform, encoding, at], index) => {
    view.setUint16(4 + index * 8, platform);
    view.setUint16(6 + index * 8, encoding);
    view.setUint32(8 + index * 8, at);
  });
  const power = 2 ** Math.floor(Math.log2(bmp.length));
  [4, fourSize, 0, bmp.length * 2, power * 2, Math.log2(power), (bmp.length - power) * 2].forEach((value, at) => view.setUint16(four + at * 2, value));
  bmp.forEach(([from, to, glyph], at) => {
    view.setUint16(four + 14 + at * 2, to);
    view.setUint16(four + 16 + bmp.length * 2 + at * 2, from);
    view.setUint16(four + 16 + bmp.length * 4 + at * 2, from === 0xffff ? 1 : (glyph - from) & 0xffff);
  });
  view.setUint16(twelve, 12);
  view.setUint32(twelve + 4, 16 + groups.length * 12);
  view.setUint32(twelve + 12, groups.length);
  groups.forEach((group, at) => group.forEach((value, part) => view.setUint32(twelve + 16 + at * 12 + part * 4, value)));
  return table;
}

function assembled(tables) {
  const tags = Object.keys(tables).sort();
  const size = tags.reduce((sum, tag) => sum + pad4(tables[tag].length), 12 + tags.length * 16);
  const font = Buffer.alloc(size);
  const view = viewOf(font);
  const power = 2 ** Math.floor(Math.log2(tags.length));
  view.setUint32(0, 0x00010000);
  [tags.length, power * 16, Math.log2(power), (tags.length - power) * 16].forEach((value, at) => view.setUint16(4 + at * 2, value));
  let place = 12 + tags.length * 16;
  tags.forEach((tag, at) => {
    Buffer.from(tables[tag]).copy(font, place);
    let sum = 0;
    for (let word = place; word < place + pad4(tables[tag].length); word += 4) sum = (sum + view.getUint32(word)) >>> 0;
    font.write(tag, 12 + at * 16, "latin1");
    [sum, place, tables[tag].length].forEach((value, part) => view.setUint32(12 + at * 16 + 4 + part * 4, value));
    place += pad4(tables[tag].length);
  });
  return font;
}

/** One font with every character of the pieces; the first piece gives names, metrics and the empty glyph. */
export function mergeGlyphs(pieces) {
  const fonts = pieces.map(tablesOf);
  const characters = new Map();
  const glyphs = [];
  for (const tables of fonts) {
    const own = glyphsOf(tables);
    const shift = glyphs.length ? glyphs.length - 1 : 0;
    for (const [at, glyph] of own.entries()) {
      if (at || !glyphs.length) glyphs.push({ ...glyph, outline: renumbered(glyph.outline, shift) });
    }
    for (const [code, glyph] of charactersOf(tables.cmap)) if (glyph) characters.set(code, glyph + shift);
  }
  const loca = Buffer.alloc((glyphs.length + 1) * 4);
  const hmtx = Buffer.alloc(glyphs.length * 4);
  const outlines = [];
  let place = 0;
  glyphs.forEach(({ outline, advance, bearing }, at) => {
    loca.writeUInt32BE(place, at * 4);
    hmtx.writeUInt16BE(advance, at * 4);
    hmtx.writeInt16BE(bearing, at * 4 + 2);
    outlines.push(outline, Buffer.alloc(pad4(outline.length) - outline.length));
    place += pad4(outline.length);
  });
  loca.writeUInt32BE(place, glyphs.length * 4);
  const [first] = fonts;
  const head = Buffer.from(first.head);
  head.writeInt16BE(1, 50);
  const hhea = Buffer.from(first.hhea);
  hhea.writeUInt16BE(glyphs.length, 34);
  const maxp = Buffer.from(first.maxp);
  for (const { maxp: other } of fonts) for (let at = 6; at < maxp.length; at += 2) maxp.writeUInt16BE(Math.max(maxp.readUInt16BE(at), u16(viewOf(other), at)), at);
  maxp.writeUInt16BE(glyphs.length, 4);
  const post = Buffer.alloc(32);
  Buffer.from(first.post).copy(post, 0, 0, 32);
  post.writeUInt32BE(0x00030000, 0);
  return assembled({ head, hhea, maxp, hmtx, loca, glyf: Buffer.concat(outlines), cmap: cmapOf(characters), "OS/2": first["OS/2"], name: first.name, post });
}
