/** The reason why the REST gateway cannot carry something that gRPC carries. */
export type RestLimitReason =
  "noRoute" | "pathPart" | "emptyMessage" | "unknownEnum" | "longDuration";

/** The explanation of each reason, as the end of a sentence. */
export const restLimitTexts: Readonly<Record<RestLimitReason, string>> = {
  noRoute: "the server has no route for it",
  pathPart:
    "the gateway splits the path at every slash, encoded or not, and drops a part that is one or two dots",
  emptyMessage: "a query cannot distinguish an empty message from a missing one",
  unknownEnum: "the gateway refuses an enum value that it does not know",
  longDuration: "the gateway refuses a duration of more than 292 years",
};
