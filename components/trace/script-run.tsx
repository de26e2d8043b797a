import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import type { CallView } from "#lib/domain/run-view.ts";
import type { PythonDetails } from "#lib/domain/tool-details.ts";
import { codeOf } from "./call-shape.ts";

/** The script of a call, as it was run. */
export function Script({ call }: { call: CallView }) {
  const details = call.returned?.details;
  const code = details?.kind === "python" ? details.code : codeOf(call);
  return (
    <ScrollRegion label="Python script" className="max-h-80 border-t border-line bg-sunken">
      <pre className="px-3 py-2.5 text-xs/4.75">{code}</pre>
    </ScrollRegion>
  );
}

/** What it printed and drew. */
export function Printed({ details }: { details: PythonDetails }) {
  const { stdout, stderr, figures = [] } = details;
  if (stdout === "" && stderr === "" && figures.length === 0) return <p className="text-ink-2">It printed nothing.</p>;
  return (
    <>
      {stdout !== "" && <pre className="text-xs/4.75 whitespace-pre-wrap">{stdout}</pre>}
      {stderr !== "" && <pre className="text-xs/4.75 whitespace-pre-wrap text-weak">{stderr}</pre>}
      {figures.map(({ id, n, name, width, height }) => (
        <figure key={id} className="mt-2">
          {/* biome-ignore lint/performance/noImgElement: a stored picture of known size, served as it is */}
          <img
            src={`/api/figures/${id}`}
            alt={`Figure ${n}: ${name}`}
            width={width}
            height={height}
            loading="lazy"
            className="h-auto max-w-full bg-white"
          />
          <figcaption className="text-xs text-ink-3">
            Figure {n}, {name}
          </figcaption>
        </figure>
      ))}
    </>
  );
}
