"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { signOut } from "#lib/client/api.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";

/** Ends what lets this browser in. */
export function SignOut() {
  const [problem, setProblem] = useState<string | null>(null);
  const leave = async () => {
    try {
      await signOut();
      location.assign("/sign-in"); // a full load: nothing of what was shown stays in memory
    } catch (error) {
      setProblem(sayRefusal(error));
    }
  };
  return (
    <div className="mt-10 flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line pt-4">
      <p className="min-w-0 flex-1 basis-64 text-ink-2">
        This browser stays let in for a year after each visit. Signed out, it needs a new launch link or the token.
      </p>
      {problem && (
        <p role="alert" className="text-unsupported">
          Not signed out. {problem}
        </p>
      )}
      <Button onClick={() => void leave()}>Sign this browser out</Button>
    </div>
  );
}
