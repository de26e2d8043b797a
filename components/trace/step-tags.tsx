import { CornerDownRight, Database, FileX, Repeat, ShieldAlert, TriangleAlert } from "lucide-react";
import { smallIcon } from "#components/ui/icon.ts";
import { Tag } from "#components/ui/tag.tsx";
import type { StepMark } from "./step-marks.ts";

const icons = {
  failed: TriangleAlert,
  model: TriangleAlert,
  fallback: CornerDownRight,
  cached: Database,
  instructs: ShieldAlert,
  report: FileX,
  repeat: Repeat,
};

export function StepTags({ marks }: { marks: StepMark[] }) {
  return marks.map((mark) => {
    const MarkIcon = icons[mark.kind];
    return (
      <Tag key={`${mark.kind} ${mark.words}`} tone={mark.kind === "cached" ? "line" : "warn"}>
        <MarkIcon {...smallIcon} />
        {mark.words}
      </Tag>
    );
  });
}
