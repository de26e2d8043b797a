/** Turns at outside services, counted for all worker processes together. */
export interface Turns {
  /** Reserves the next moment at which a request may begin and gives the milliseconds until then; null, and nothing reserved, where that is later than `withinMs`. */
  reserve(service: string, everyMs: number, withinMs: number): Promise<number | null>;
  /** Nobody begins a request before this time has passed. */
  rest(service: string, forMs: number): Promise<void>;
  /** Takes one of the seats for at most `forMs`; null while all are taken. */
  sit(service: string, seats: number, forMs: number): Promise<Seat | null>;
}

export interface Seat {
  leave(): Promise<void>;
}
