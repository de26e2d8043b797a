/** The two sizes of Lucide icons: beside text of the tool, and inside a tag. */
export const icon = { size: 16, strokeWidth: 1.75, className: "shrink-0" } as const;
export const smallIcon = { size: 13, strokeWidth: 2, className: "shrink-0" } as const;
