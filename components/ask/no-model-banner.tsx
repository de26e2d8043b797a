import { TriangleAlert } from "lucide-react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { icon } from "#components/ui/icon.ts";

interface FoundServer {
  url: string;
  kind: string;
  models: string[];
}

const example = { url: "http://127.0.0.1:8000", models: ["Alibaba-NLP/Tongyi-DeepResearch-30B-A3B"] };

/** Says plainly that nothing here thinks, and how to connect something that does. */
export function NoModelBanner({ found }: { found: readonly FoundServer[] }) {
  const offer = found.find((server) => server.models.length > 0) ?? example;
  const lines = `MODEL_BASE_URL=${offer.url}/v1\nMODEL_NAME=${offer.models[0]}`;
  return (
    <section aria-label="Model state" className="flex gap-3 rounded-panel bg-weak-soft px-4 py-3.5">
      <TriangleAlert {...icon} className="mt-0.5 shrink-0 text-weak" />
      <div className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] gap-1">
        <p>
          <b className="font-semibold">No language model is connected.</b> Dossier will search, read and quote sources. It will not reason
          or write, and its reports will say so.
        </p>
        {found.map((server) => (
          <p key={server.url}>
            {server.kind === "vLLM" ? "A" : "An"} {server.kind} server answers at <code>{server.url.replace(/^https?:\/\//, "")}</code>
            {server.models.length > 0 ? (
              <>
                {" "}
                with the model <code>{server.models.slice(0, 3).join(", ")}</code>
              </>
            ) : (
              ", without a model loaded"
            )}
            . Nothing has been sent to it.
          </p>
        ))}
        <details className="group mt-1.5">
          <summary className="w-fit rounded-control bg-surface px-2.75 py-1.5 font-medium inset-ring inset-ring-line hover:bg-hover">
            How to connect a model
          </summary>
          <div className="mt-2.5 grid grid-cols-[minmax(0,1fr)] gap-2">
            <p>
              Set these two lines in the environment of Dossier, or in the file <code>.env</code> beside it, and start it again. Any server
              with an OpenAI-compatible API will do; vLLM with Tongyi DeepResearch is what Dossier is made for.
            </p>
            <div className="flex flex-wrap items-center justify-between gap-2 rounded-control bg-surface py-1.5 pr-1.5 pl-3 inset-ring inset-ring-line">
              <pre className="min-w-0 overflow-x-auto text-xs/5">{lines}</pre>
              <CopyButton text={lines}>Copy</CopyButton>
            </div>
          </div>
        </details>
      </div>
    </section>
  );
}
