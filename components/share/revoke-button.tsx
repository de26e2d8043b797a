import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { revokeShare } from "#lib/client/api.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";

/** Ends a link at once. `name` tells it apart from its neighbours for those who hear it. */
export function RevokeButton({ id, name, onRevoked }: { id: string; name?: string; onRevoked: () => void }) {
  const [problem, setProblem] = useState<string | null>(null);
  const revoke = async () => {
    try {
      await revokeShare(id);
      onRevoked();
    } catch (error) {
      setProblem(sayRefusal(error));
    }
  };
  return (
    <>
      {problem && (
        <span role="alert" className="text-unsupported">
          Not revoked. {problem}
        </span>
      )}
      <Button look="danger" aria-label={name ? `Revoke ${name}` : undefined} onClick={() => void revoke()}>
        Revoke
      </Button>
    </>
  );
}
