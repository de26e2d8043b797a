const fromPrograms =
  /^(untitled|title|document\s*\d*|slide \d+|powerpoint presentation|(microsoft|adobe) .*|.*\.(docx?|pptx?|xlsx?|tex|dvi|indd|qxd|ps|pdf|rtf|odt|html?))$/i;

/** Whether the title a PDF carries was given by a person: many programs write the name of the file, or of themselves. */
export const isDocumentTitle = (title: string) => /\p{L}{2}/u.test(title) && !fromPrograms.test(title.trim());
