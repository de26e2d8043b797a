import { type FormEvent, useState } from "react";
import type { WhenFull } from "#lib/domain/run.ts";
import { AttachButton } from "./attach-button.tsx";
import type { ComposerProps } from "./composer-props.ts";
import { DropHint } from "./drop-hint.tsx";
import { EstimateNote } from "./estimate-note.tsx";
import { ModeCards } from "./mode-cards.tsx";
import { hasConversation, keepModeChoice, type ModeChoice, planOf } from "./mode-choice.ts";
import { QuestionField } from "./question-field.tsx";
import { QuestionNote } from "./question-note.tsx";
import { SendButton } from "./send-button.tsx";
import { UploadList } from "./upload-list.tsx";
import { useQuestion } from "./use-question.ts";
import { WhenFullChoice } from "./when-full-choice.tsx";

/** The first question of a session, with the two modes as cards below it. */
export function NewQuestion({ connected, longest, initial, estimates }: Omit<ComposerProps, "sessionId">) {
  const draft = useQuestion({ sessionId: undefined, connected, longest });
  const [choice, setChoice] = useState(initial);
  const [whenFull, setWhenFull] = useState<WhenFull>("answer");
  const asksWhenFull = connected && hasConversation(choice);
  const choose = (next: ModeChoice) => {
    setChoice(next);
    keepModeChoice(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft.ready) draft.ask({ whenFull: asksWhenFull ? whenFull : "answer", heavy: planOf(choice, connected) });
  };
  return (
    <form onSubmit={submit} className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <div className="relative rounded-panel border border-line-strong bg-surface focus-within:border-accent focus-within:ring-1 focus-within:ring-accent">
        <QuestionField draft={draft} followUp={false} />
        <UploadList uploads={draft.uploads} />
        <div className="flex flex-wrap items-center gap-2 border-t border-line p-2">
          {connected && <AttachButton small={false} onFiles={draft.attach} />}
          {asksWhenFull && <WhenFullChoice chosen={whenFull} onChoose={setWhenFull} />}
          <span className="ml-auto flex items-center gap-2">
            <SendButton draft={draft} longest={longest} words={connected ? "Start research" : "Search and quote"} />
          </span>
        </div>
        <QuestionNote draft={draft} longest={longest} />
        {draft.held && <DropHint />}
      </div>
      <ModeCards choice={choice} onChoose={choose} estimates={estimates} connected={connected} />
      <EstimateNote runs={estimates.runs} />
    </form>
  );
}
