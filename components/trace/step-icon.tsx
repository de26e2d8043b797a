import { BookOpen, Ellipsis, FileText, GraduationCap, PenLine, Scale, Search, SquareTerminal, TriangleAlert, Wrench } from "lucide-react";
import { smallIcon } from "#components/ui/icon.ts";
import { isReporting, judgeLane } from "#lib/domain/reporting-lanes.ts";
import type { StepView } from "#lib/domain/run-view.ts";
import { askedOf } from "./step-title.ts";

export function StepIcon({ step }: { step: StepView }) {
  if (step.lane === judgeLane) return <Scale {...smallIcon} />;
  if (isReporting(step.lane))
    return step.failures.length > 0 && !step.writes ? <TriangleAlert {...smallIcon} /> : <PenLine {...smallIcon} />;
  const tool = step.calls[0]?.tool ?? askedOf(step)[0]?.tool;
  if (tool === "search") return <Search {...smallIcon} />;
  if (tool === "visit") return <BookOpen {...smallIcon} />;
  if (tool === "google_scholar") return <GraduationCap {...smallIcon} />;
  if (tool === "PythonInterpreter") return <SquareTerminal {...smallIcon} />;
  if (tool === "parse_file") return <FileText {...smallIcon} />;
  if (tool) return <Wrench {...smallIcon} />;
  if (step.answer !== "") return <PenLine {...smallIcon} />;
  if (step.failures.length > 0 || step.move?.kind === "unreadable") return <TriangleAlert {...smallIcon} />;
  return <Ellipsis {...smallIcon} />;
}
