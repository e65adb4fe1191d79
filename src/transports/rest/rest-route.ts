/** One verb and path by which an RPC is called. */
export interface RestBinding {
  readonly verb: "GET" | "PUT" | "POST" | "DELETE" | "PATCH";
  /** The path, with fields of the request in braces, by protobuf's names: `/api/v1/projects/{project.id}`. */
  readonly path: string;
  /** Whether the whole request goes as the body. Else what the path does not carry goes into the query. */
  readonly hasBody?: boolean;
}

/** How an RPC is called over FlyteAdmin's REST gateway. */
export interface RestRoute {
  /** The ways to call it, preferred first. Lists of versions have one with a name in the path and one without. */
  readonly bindings: readonly RestBinding[];
  /** Whether a long query may go as the body of a POST: not where a POST to the same path is another RPC. */
  readonly takesForm?: boolean;
  /** The part of the path that a query parameter carries where the path cannot, with protobuf's names. */
  readonly nameByQuery?: string;
}

/** Routes by the names of services and of their methods. An RPC that the gateway does not have has no bindings. */
export type RestRoutes = Readonly<Record<string, Readonly<Record<string, RestRoute>>>>;
