import type { Model } from "#lib/model/model.ts";
import type { Tool } from "#lib/tools/tool.ts";
import { type Failpoint, failpoint, hasFailpoint } from "./failpoint.ts";

/** A lane's model that passes failpoints: before it is asked, after each delta, and after its last word before the step is committed. */
export function modelWithFailpoints(lane: string, model: Model): Model {
  if (!hasFailpoint()) return model;
  const pass = (name: "model-asked" | "model-text" | "model-ended") => failpoint(lane === "main" ? name : (`${lane}/${name}` as Failpoint));
  return {
    ...model,
    source: {
      async *complete(request, signal, onSilence) {
        pass("model-asked");
        for await (const delta of model.source.complete(request, signal, onSilence)) {
          if (delta.kind === "ended") pass("model-ended");
          yield delta;
          if (delta.kind === "text") pass("model-text");
        }
      },
    },
  };
}

/** A tool that passes a failpoint when it has returned and nothing of that is committed yet. */
export function toolWithFailpoint(tool: Tool): Tool {
  if (!hasFailpoint()) return tool;
  return {
    ...tool,
    async run(input, context) {
      const returned = await tool.run(input, context);
      failpoint("tool-returned");
      return returned;
    },
  };
}
