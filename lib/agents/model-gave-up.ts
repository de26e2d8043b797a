import type { ModelFailure } from "#lib/model/model.ts";

/** The model could not be had, after every try the policy allows. The run ends with what it has. */
export class ModelGaveUp extends Error {
  override name = "ModelGaveUp" as const;
  readonly failure: ModelFailure;

  constructor(failure: ModelFailure) {
    super(failure.detail);
    this.failure = failure;
  }
}
