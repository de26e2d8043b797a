import { CircleCheck, CircleOff, TriangleAlert } from "lucide-react";
import { smallIcon } from "#components/ui/icon.ts";
import { Tag, type Tone } from "#components/ui/tag.tsx";
import type { PartState } from "#lib/domain/check-up.ts";

const tags: Record<PartState, { tone: Tone; word: string; Icon: typeof CircleCheck }> = {
  works: { tone: "good", word: "Works", Icon: CircleCheck },
  limited: { tone: "warn", word: "Limited", Icon: TriangleAlert },
  mend: { tone: "bad", word: "Mend", Icon: TriangleAlert },
  off: { tone: "plain", word: "Off", Icon: CircleOff },
};

/** Icon and word, never colour alone. Without a state it is still being found out. */
export function StateTag({ state }: { state: PartState | null }) {
  if (state === null)
    return (
      <Tag tone="live">
        <span className="pulse" />
        Checking
      </Tag>
    );
  const { tone, word, Icon } = tags[state];
  return (
    <Tag tone={tone}>
      <Icon {...smallIcon} />
      {word}
    </Tag>
  );
}
