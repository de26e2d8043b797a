import { useEffect, useState } from "react";
import { listShares } from "#lib/client/api.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";
import { type Share, shareState } from "#lib/domain/share.ts";
import { ShareRow } from "./share-row.tsx";

/** The open links of a report, as they stand when the dialog opens and whenever one is made. `made` is shown above already. */
export function LinksOfReport({ reportId, made }: { reportId: string; made: Share | null }) {
  const [shares, setShares] = useState<Share[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const madeId = made?.id;
  useEffect(() => {
    let isCurrent = true;
    void listShares({ reportId }).then(
      ({ items }) => isCurrent && setShares(items.filter((share) => share.id !== madeId && shareState(share, new Date()) === "open")),
      (error: unknown) => isCurrent && setProblem(sayRefusal(error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [reportId, madeId]);
  if (problem) return <p className="text-weak">The links that there are could not be listed. {problem}</p>;
  if (shares.length === 0) return null;
  return (
    <section className="border-t border-line pt-3">
      <h3 className="text-xs font-medium text-ink-3">Links to this version</h3>
      <ul>
        {shares.map((share) => (
          <ShareRow key={share.id} share={share} />
        ))}
      </ul>
    </section>
  );
}
