import type { CheckedPart } from "#lib/domain/check-up.ts";
import { groups, type PlannedPart } from "./doctor-words.ts";
import { PartRow } from "./part-row.tsx";

/** Every part under its group: as it was found, or while the first check runs as it will be asked. */
export function PartGroups({ planned, found }: { planned: readonly (PlannedPart | CheckedPart)[]; found: readonly CheckedPart[] | null }) {
  return groups.map(({ group, title, note }) => {
    const parts: readonly (PlannedPart | CheckedPart)[] = (found ?? planned).filter((part) => part.group === group);
    if (parts.length === 0) return null;
    return (
      <section key={group} aria-label={title}>
        <h2 className="flex flex-wrap items-baseline gap-x-2 text-lg">
          {title}
          <small className="text-xs font-normal text-ink-3">{note(parts)}</small>
        </h2>
        <ul className="mt-2 rounded-panel bg-surface inset-ring inset-ring-line">
          {parts.map((part) => (
            <PartRow key={part.name} part={part} />
          ))}
        </ul>
      </section>
    );
  });
}
