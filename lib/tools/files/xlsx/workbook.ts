import { walkXml } from "./walk-xml.ts";
import type { Parts } from "./zip-parts.ts";

export interface Workbook {
  sheets: { name: string; part: string }[];
  /** Of the workbook, as part names. */
  related: Map<string, string>;
  /** Whether its days are counted from 1904, as on old Macs. */
  from1904: boolean;
}

/** The sheets of a workbook in their order, hidden ones too. `null` when it has no readable workbook part. */
export async function readWorkbook(parts: Parts): Promise<Workbook | null> {
  const xml = await parts("xl/workbook.xml");
  if (xml === null) return null;
  const related = relationships((await parts("xl/_rels/workbook.xml.rels")) ?? "");
  const workbook: Workbook = { sheets: [], related: related.byType, from1904: false };
  walkXml(xml, {
    open(name, attributes) {
      if (name === "workbookPr") workbook.from1904 = attributes.date1904 === "1" || attributes.date1904 === "true";
      if (name !== "sheet") return;
      const part = related.byId.get(attributes["r:id"] ?? "") ?? `xl/worksheets/sheet${workbook.sheets.length + 1}.xml`;
      const hidden = attributes.state === "hidden" || attributes.state === "veryHidden";
      workbook.sheets.push({ name: `${attributes.name ?? workbook.sheets.length + 1}${hidden ? " (hidden)" : ""}`, part });
    },
  });
  return workbook;
}

function relationships(xml: string) {
  const byId = new Map<string, string>();
  const byType = new Map<string, string>();
  walkXml(xml, {
    open(name, { Id: id = "", Type: type = "", Target: target = "" }) {
      if (name !== "Relationship") return;
      const part = target.startsWith("/") ? target.slice(1) : `xl/${target.replace(/^\.\//, "")}`;
      byId.set(id, part);
      byType.set(type.slice(type.lastIndexOf("/") + 1), part);
    },
  });
  return { byId, byType };
}
