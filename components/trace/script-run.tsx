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

/** What it printed. */
export function Printed({ details }: { details: PythonDetails }) {
  if (details.stdout === "" && details.stderr === "") return <p className="text-ink-2">It printed nothing.</p>;
  return (
    <>
      {details.stdout !== "" && <pre className="text-xs/4.75 whitespace-pre-wrap">{details.stdout}</pre>}
      {details.stderr !== "" && <pre className="text-xs/4.75 whitespace-pre-wrap text-weak">{details.stderr}</pre>}
    </>
  );
}
