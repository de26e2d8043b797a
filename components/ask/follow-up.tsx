import { type FormEvent, useState } from "react";
import { AttachButton } from "./attach-button.tsx";
import type { ComposerProps } from "./composer-props.ts";
import { DropHint } from "./drop-hint.tsx";
import { planOf } from "./mode-choice.ts";
import { ModeSelect } from "./mode-select.tsx";
import { QuestionField } from "./question-field.tsx";
import { QuestionNote } from "./question-note.tsx";
import { SendButton } from "./send-button.tsx";
import { UploadList } from "./upload-list.tsx";
import { useQuestion } from "./use-question.ts";

/** Another question of a session, at its foot: small, since what is above it is being read. */
export function FollowUp({ sessionId, connected, longest, initial, estimates }: ComposerProps) {
  const draft = useQuestion({ sessionId, connected, longest });
  const [choice, setChoice] = useState(initial);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft.ready) draft.ask({ whenFull: "answer", heavy: planOf(choice, connected) });
  };
  return (
    <form
      onSubmit={submit}
      className="relative flex flex-wrap items-end rounded-panel border border-line-strong bg-surface focus-within:border-accent focus-within:ring-1 focus-within:ring-accent"
    >
      <QuestionField draft={draft} followUp />
      <div className="flex flex-wrap items-center justify-end gap-2 p-2">
        {connected && <AttachButton small onFiles={draft.attach} />}
        <SendButton draft={draft} longest={longest} words="Ask" />
      </div>
      <UploadList uploads={draft.uploads} />
      <ModeSelect choice={choice} onChoose={setChoice} estimates={estimates} connected={connected} />
      <QuestionNote draft={draft} longest={longest} />
      {draft.held && <DropHint />}
    </form>
  );
}
