/** The lane that writes the report of a run from its evidence. */
export const writerLane = "writer";
/** The lane in which a model compares the sentences of the report with the passages they cite. */
export const judgeLane = "judge";

/** Whether a lane researches no more, but makes the report. */
export const isReporting = (lane: string): boolean => lane === writerLane || lane === judgeLane;
