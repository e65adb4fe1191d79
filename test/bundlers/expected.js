/** The results of the checks in every bundle. */
export const expected = {
  list: { error: 24, outputUri: 1 },
  notFound: { name: "NotFoundError", code: "NOT_FOUND", attempts: 1, is: [true, true, false] },
  unavailable: {
    name: "ConnectionError",
    code: "UNAVAILABLE",
    attempts: 4,
    is: [false, true, true],
  },
  aborted: { name: "CanceledError", code: "CANCELLED", attempts: 1, is: [false, true, false] },
  refused: {
    name: "InvalidIdentifierError",
    code: "INVALID_ARGUMENT",
    attempts: 0,
    is: [false, true, false],
  },
  signedUrl: "read by a page",
  broken: [],
};
