import type { WhenFull } from "#lib/domain/run.ts";

const choices: Record<WhenFull, string> = { answer: "write the answer", compact: "summarise and go on" };

/** What a run does when its conversation fills the model's window. */
export function WhenFullChoice({ chosen, onChoose }: { chosen: WhenFull; onChoose: (choice: WhenFull) => void }) {
  return (
    <label className="mr-auto flex min-w-0 flex-wrap items-center gap-x-1.5 pl-2 text-ink-3 max-sm:order-first max-sm:w-full">
      When the window is full
      <select
        value={chosen}
        onChange={(event) => onChoose(event.target.value === "compact" ? "compact" : "answer")}
        className="min-h-8 cursor-pointer rounded-control bg-transparent px-1.5 text-ink-2 hover:bg-hover pointer-coarse:min-h-11 pointer-coarse:text-lg"
      >
        {Object.entries(choices).map(([choice, words]) => (
          <option key={choice} value={choice}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
