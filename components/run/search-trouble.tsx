import { TriangleAlert } from "lucide-react";
import { smallIcon } from "#components/ui/icon.ts";
import { hadTrouble, type SearchHealth, searchLimitations, troubleOf } from "#lib/domain/search-health.ts";

/** How searching went, where it did not go well: which providers failed how often, and what that means for what was found. */
export function SearchTrouble({ health }: { health: SearchHealth }) {
  if (!hadTrouble(health)) return null;
  const limits = searchLimitations(health);
  const sentences =
    limits.length > 0
      ? limits
      : [
          `${health.providers
            .filter((each) => each.failed > 0)
            .map(troubleOf)
            .join("; ")}. Every search was answered.`,
        ];
  return (
    <p className="mb-5 flex gap-2 text-xs/5 text-ink-2">
      <TriangleAlert {...smallIcon} className="mt-1 shrink-0 text-weak" />
      <span>
        <b className="font-medium">Search health.</b> {sentences.join(" ")}
      </span>
    </p>
  );
}
