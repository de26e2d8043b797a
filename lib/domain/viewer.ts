/** Whoever is looking. Every query that returns user data takes it first. */
export interface Viewer {
  id: string;
}
