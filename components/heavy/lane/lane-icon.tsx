import {
  BookOpen,
  CircleCheck,
  Clock,
  Ellipsis,
  GraduationCap,
  Hourglass,
  type LucideIcon,
  PenLine,
  Search,
  Square,
  SquareTerminal,
  TriangleAlert,
  Wrench,
} from "lucide-react";
import { smallIcon } from "#components/ui/icon.ts";
import type { LaneIconName } from "./lane-now.ts";

const icons: Record<LaneIconName, LucideIcon> = {
  queued: Clock,
  thinking: Ellipsis,
  searching: Search,
  papers: GraduationCap,
  reading: BookOpen,
  computing: SquareTerminal,
  calling: Wrench,
  writing: PenLine,
  waiting: Hourglass,
  answered: CircleCheck,
  early: TriangleAlert,
  stopped: Square,
};

export function LaneIcon({ name }: { name: LaneIconName }) {
  const Icon = icons[name];
  return <Icon {...smallIcon} aria-hidden="true" />;
}
