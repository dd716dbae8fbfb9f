// Reads a HWPX with @rhwp/core, a reader that shares no code with ours, and prints it as JSON:
// a string for each paragraph, a list of cells for each table.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const [folder, file] = process.argv.slice(2);
const { default: init, HwpDocument } = await import(pathToFileURL(join(folder, "rhwp.js")).href);
globalThis.measureTextWidth = (font, text) => text.length * 10;
await init({ module_or_path: readFileSync(join(folder, "rhwp_bg.wasm")) });
const doc = new HwpDocument(new Uint8Array(readFileSync(file)));

function cells(para) {
  const { cellCount } = JSON.parse(doc.getTableDimensions(0, para, 0));
  return Array.from({ length: cellCount }, (_, cell) => {
    const { row, col, rowSpan, colSpan } = JSON.parse(doc.getCellInfo(0, para, 0, cell));
    const lines = Array.from({ length: doc.getCellParagraphCount(0, para, 0, cell) }, (_, line) =>
      doc.getTextInCell(0, para, 0, cell, line, 0, 100000),
    );
    return [row, col, rowSpan, colSpan, lines.join("\n")];
  });
}

const blocks = Array.from({ length: doc.getParagraphCount(0) }, (_, para) => {
  try {
    return cells(para);
  } catch {
    return doc.getTextRange(0, para, 0, 100000);
  }
});
const repeated = blocks
  .map((block, para) => (Array.isArray(block) ? JSON.parse(doc.getTableProperties(0, para, 0)).repeatHeader : null))
  .filter((value) => value !== null);
console.log(JSON.stringify({ pages: doc.pageCount(), blocks, repeated }));
