/** A text on one line: white space single, and none around it. */
export const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();
