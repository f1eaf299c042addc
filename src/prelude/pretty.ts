/**
 * A pretty printer in the manner of Wadler and Lindig: documents are texts, breaks and groups. A group that fits on the
 * rest of its line is printed flat, its breaks as their texts; else its own breaks become new lines.
 */
export type Doc =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "break"; readonly text: string }
  | { readonly kind: "concat"; readonly docs: readonly Doc[] }
  | { readonly kind: "nest"; readonly indent: number; readonly doc: Doc }
  | { readonly kind: "group"; readonly doc: Doc };

export const text = (s: string): Doc => ({ kind: "text", text: s });
/** A new line, or `flat` where the enclosing group fits. */
export const brk = (flat = " "): Doc => ({ kind: "break", text: flat });
export const concat = (...docs: readonly Doc[]): Doc => ({ kind: "concat", docs });
export const empty: Doc = concat();
/** New lines inside `doc` are indented by `indent` more. */
export const nest = (indent: number, doc: Doc): Doc => ({ kind: "nest", indent, doc });
export const group = (doc: Doc): Doc => ({ kind: "group", doc });
export const join = (separator: Doc, docs: readonly Doc[]): Doc =>
  concat(...docs.flatMap((d, i) => (i === 0 ? [d] : [separator, d])));

/** Whether `doc` printed flat takes at most `width` columns. What follows it does not count. */
function fits(doc: Doc, width: number): boolean {
  const agenda = [doc];
  let left = width;
  while (left >= 0) {
    const d = agenda.pop();
    if (d === undefined) return true;
    if (d.kind === "text" || d.kind === "break") left -= d.text.length;
    else if (d.kind === "concat") for (let i = d.docs.length - 1; i >= 0; i--) agenda.push(d.docs[i]);
    else agenda.push(d.doc);
  }
  return false;
}

/** The document as lines of at most `width` columns where its breaks allow it. */
export function layout(document: Doc, width = 80): string {
  const agenda: { indent: number; flat: boolean; doc: Doc }[] = [{ indent: 0, flat: false, doc: document }];
  const pieces: string[] = [];
  let column = 0;
  for (let next = agenda.pop(); next !== undefined; next = agenda.pop()) {
    const { indent, flat, doc } = next;
    switch (doc.kind) {
      case "text":
        pieces.push(doc.text);
        column += doc.text.length;
        break;
      case "break":
        pieces.push(flat ? doc.text : `\n${" ".repeat(indent)}`);
        column = flat ? column + doc.text.length : indent;
        break;
      case "concat":
        for (let i = doc.docs.length - 1; i >= 0; i--) agenda.push({ indent, flat, doc: doc.docs[i] });
        break;
      case "nest":
        agenda.push({ indent: indent + doc.indent, flat, doc: doc.doc });
        break;
      case "group":
        agenda.push({ indent, flat: flat || fits(doc.doc, width - column), doc: doc.doc });
        break;
    }
  }
  return pieces.join("");
}
