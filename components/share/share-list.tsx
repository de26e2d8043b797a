"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { listShares } from "#lib/client/api.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";
import type { Share } from "#lib/domain/share.ts";
import { ShareRow } from "./share-row.tsx";

/** All links of the viewer's, newest first, whatever became of them. */
export function ShareList({ first }: { first: { items: Share[]; next: string | null } }) {
  const [{ items, next }, setList] = useState(first);
  const [problem, setProblem] = useState<string | null>(null);
  const more = async (cursor: string) => {
    try {
      const page = await listShares({ cursor });
      setList({ items: [...items, ...page.items], next: page.next });
      setProblem(null);
    } catch (error) {
      setProblem(sayRefusal(error));
    }
  };
  return (
    <div className="grid justify-items-start gap-3">
      <ul className="w-full">
        {items.map((share) => (
          <ShareRow key={share.id} share={share} named />
        ))}
      </ul>
      {problem && (
        <p role="alert" className="text-unsupported">
          The list ends here. {problem}
        </p>
      )}
      {next && <Button onClick={() => void more(next)}>Show older links</Button>}
    </div>
  );
}
