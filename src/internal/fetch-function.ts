/** The part of `fetch` that calls and transfers use; the global one fits. */
export type FetchFunction = (url: string, init: RequestInit) => Promise<Response>;
