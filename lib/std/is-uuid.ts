/** Whether a text has the form of our ids. Anything else names nothing here, and must not reach a uuid column. */
export const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
