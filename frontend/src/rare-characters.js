// Whether the page shows a Chinese character that no face declared so far covers.
const RANGE = /U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi;

export function hasRare() {
  const known = new Set();
  for (const face of document.fonts) {
    for (const [, from, to] of face.unicodeRange.matchAll(RANGE)) {
      for (let code = parseInt(from, 16); code <= parseInt(to || from, 16); code += 1) known.add(code);
    }
  }
  if (!known.size) return true;
  for (const character of document.body.innerText) {
    const code = character.codePointAt(0);
    if (code >= 0x2e80 && !known.has(code)) return true;
  }
  return false;
}
