/** Whether a model's name says that it is Tongyi DeepResearch, or was made from it. */
export const isTongyi = (name: string) => /tongyi[-_ ]?deep[-_ ]?research|alibaba.*deep[-_ ]?research/i.test(name);
