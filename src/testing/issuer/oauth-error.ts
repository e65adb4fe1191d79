/** A refusal of an OAuth endpoint. */
export class OAuthRefusal extends Error {
  /** The code, such as `"invalid_grant"`. */
  readonly code: string;
  /** The HTTP status. */
  readonly status: number;

  constructor(code: string, description: string, status = 400) {
    super(description);
    this.code = code;
    this.status = status;
  }
}

/** A JSON answer of an OAuth endpoint; nobody may keep it. */
export function oauthJson(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/json;charset=UTF-8",
      "cache-control": "no-store",
      pragma: "no-cache",
    },
  });
}

/** A refusal as an answer. */
export function refusalResponse(refusal: OAuthRefusal): Response {
  const { code, message, status } = refusal;
  return oauthJson(status, {
    error: code,
    ...(message === "" ? {} : { error_description: message }),
  });
}
