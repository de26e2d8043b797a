import { env } from "#lib/env.ts";
import { chooseModel, isConnected, type ModelHouse, openModels } from "#lib/model/choose.ts";
import type { Model } from "#lib/model/model.ts";
import { priorityNumber } from "#lib/model/priority-number.ts";
import { modelReadiness } from "#lib/model/readiness.ts";
import { AppError } from "#lib/std/app-error.ts";

const held = globalThis as { dossierAnsweringModels?: ModelHouse };

/** The models of this web process, on `globalThis` because Next bundles every route apart: what one learns of a server holds for all. */
function answeringModels(): ModelHouse {
  held.dossierAnsweringModels ??= openModels(env());
  return held.dossierAnsweringModels;
}

/** The model that answers questions about a report; null when none is connected. Refuses at once where no server answers: somebody is waiting. */
export async function answeringModel(reportId: string, signal: AbortSignal): Promise<Model | null> {
  const settings = env();
  if (!isConnected(settings)) return null;
  const ready = await modelReadiness(settings);
  if (ready.state === "waiting") throw new AppError("unavailable", `The model server does not answer. ${ready.detail}.`);
  if (ready.state === "refused") throw new AppError("unavailable", `The model server refuses requests. ${ready.detail}.`);
  return chooseModel(
    settings,
    answeringModels(),
    { key: `report:${reportId}`, priority: priorityNumber.interactive, dialect: null },
    null,
    signal,
  );
}
