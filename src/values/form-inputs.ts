import type { LaunchPlan } from "../../gen/flyteidl/admin/launch_plan_pb.js";
import type {
  ParameterMap,
  TypedInterface,
  Variable,
  VariableMap,
} from "../../gen/flyteidl/core/interface_pb.js";
import type { Literal } from "../../gen/flyteidl/core/literals_pb.js";
import { InvalidOptionError } from "../errors/index.js";
import { invalidOption, requireObject } from "../internal/validation/index.js";

/**
 * The inputs that a form is for: a launch plan, its `closure.expectedInputs`, or the interface of a task or its inputs,
 * which have no defaults.
 */
export type FormInterface = LaunchPlan | ParameterMap | TypedInterface | VariableMap;

/** One input of a form. */
export interface FormInput {
  readonly name: string;
  readonly variable: Variable;
  readonly isRequired: boolean;
  /** The default; `undefined` where there is none, or the server finds it at launch. */
  readonly defaultValue: Literal | undefined;
}

/** Returns the inputs of an interface, sorted by name: a server sends them in any order. */
export function formInputs(given: FormInterface): readonly FormInput[] {
  requireObject(given, "interface", form);
  return inputsOf(given).sort((a, b) => (a.name < b.name ? -1 : 1));
}

const form = "a LaunchPlan, its closure.expectedInputs, or the interface of a task or its inputs";

function inputsOf(given: FormInterface): FormInput[] {
  switch (given.$typeName) {
    case "flyteidl.admin.LaunchPlan": {
      const inputs = given.closure?.expectedInputs;
      if (inputs !== undefined) return inputsOf(inputs);
      const problem =
        "the launch plan has no closure with its inputs. Take one from launchPlans.get, getActive or a list.";
      throw new InvalidOptionError(problem, { option: "interface" });
    }
    case "flyteidl.core.ParameterMap":
      return Object.entries(given.parameters).flatMap(([name, { var: variable, behavior }]) =>
        variable === undefined
          ? []
          : [
              {
                name,
                variable,
                isRequired: behavior.case === "required" && behavior.value,
                defaultValue: behavior.case === "default" ? behavior.value : undefined,
              },
            ],
      );
    case "flyteidl.core.TypedInterface":
      return given.inputs === undefined ? [] : inputsOf(given.inputs);
    case "flyteidl.core.VariableMap":
      return Object.entries(given.variables).map(([name, variable]) => ({
        name,
        variable,
        isRequired: true,
        defaultValue: undefined,
      }));
    default:
      throw invalidOption("interface", form, given);
  }
}
