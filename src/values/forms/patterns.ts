const thirtyOne = "(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])";
const thirty = "(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)";
const february = "02-(?:0[1-9]|1\\d|2[0-8])";
const leapYear = "(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";
const date = `(?:\\d{4}-(?:${thirtyOne}|${thirty}|${february})|${leapYear}-02-29)`;
const time = "(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?";
const offset = "[+-](?:[01]\\d|2[0-3]):[0-5]\\d";

const upTo12Digits =
  "(?:\\d{1,11}|[12]\\d{11}|30\\d{10}|31[0-4]\\d{9}|315[0-4]\\d{8}|3155[0-6]\\d{7}|31557[0-5]\\d{6}|315576000000)";

/** The patterns of strings that become values of another type. Conversion takes all that they match. */
interface Patterns {
  /**
   * The datetimes that a Timestamp has, of the years 1 to 9999 in UTC. In the first and the last year an offset could
   * lead out of these.
   */
  readonly datetime: string;
  /** The durations that a Duration has, in seconds: about 10,000 years either way. */
  readonly duration: string;
  /** Base64 with padding. */
  readonly base64: string;
}

export const patterns: Patterns = {
  datetime: `^(?!0000)(?!(?:0001|9999).*${offset}$)${date}T${time}(?:Z|${offset})$`,
  duration: `^-?${upTo12Digits}(?:\\.\\d{1,9})?s$`,
  base64: "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
};
