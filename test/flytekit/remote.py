"""flytekit's FlyteRemote against a FlyteAdmin: each step prints a line, and the first that fails ends the run.

python remote.py HOST:PORT FILE_TO_UPLOAD
"""

import sys
import urllib.request
from pathlib import Path

import flows
from engine import Engine
from flytekit.configuration import Config, ImageConfig, PlatformConfig, SerializationSettings
from flytekit.models.admin.common import Sort
from flytekit.models.common import NamedEntityIdentifier
from flytekit.models.core.execution import WorkflowExecutionPhase
from flytekit.models.filters import Equal, ValueIn
from flytekit.models.launch_plan import LaunchPlanState
from flytekit.remote import FlyteRemote
from flytekit.remote.remote import Options

PROJECT, DOMAIN, VERSION = "flytesnacks", "development", "v1"

remote = FlyteRemote(
    Config(platform=PlatformConfig(endpoint=sys.argv[1], insecure=True)),
    default_project=PROJECT,
    default_domain=DOMAIN,
    interactive_mode_enabled=False,
)
settings = SerializationSettings(
    image_config=ImageConfig.auto(img_name="example.com/flows:v1"),
    project=PROJECT,
    domain=DOMAIN,
    version=VERSION,
)
engine = Engine(remote)
steps = 0


def check(title, holds, found=""):
    global steps
    if not holds:
        raise SystemExit(f"FAIL {title}: {found}")
    steps += 1
    print(f"ok {title}", flush=True)


def register():
    for entity in (flows.double, flows.label, flows.grow):
        found = remote.register_task(entity, settings, VERSION)
        check(f"registers the task {found.id.name}", found.id.version == VERSION, found.id)
    again = remote.register_task(flows.double, settings, VERSION)
    check("registers a task again without an error", again.id.name == "flows.double", again.id)
    for entity in (flows.chain, flows.spread, flows.choose, flows.gated):
        found = remote.register_workflow(entity, settings, VERSION)
        check(f"registers the workflow {found.id.name}", found.id.version == VERSION, found.id)
    plan = remote.register_launch_plan(
        flows.plan, VERSION, PROJECT, DOMAIN, serialization_settings=settings
    )
    check("registers a launch plan", plan.id.name == "chain_of_three", plan.id)


def fetch():
    task = remote.fetch_task(name="flows.double", version=VERSION)
    check("fetches a task with its interface", list(task.interface.inputs) == ["x"], task.interface)
    workflow = remote.fetch_workflow(name="flows.chain", version=VERSION)
    nodes = [node.id for node in workflow.flyte_nodes]
    check("fetches a workflow with its nodes", nodes == ["n0", "n1"], nodes)
    for name in ("choose", "spread", "gated"):
        found = remote.fetch_workflow(name=f"flows.{name}", version=VERSION)
        check(f"fetches the workflow flows.{name}", found.id.name == f"flows.{name}", found.id)
    plan = remote.fetch_launch_plan(name="chain_of_three", version=VERSION)
    check("fetches a launch plan with its fixed inputs", "x" in plan.fixed_inputs.literals, plan)
    remote.client.update_launch_plan(plan.id, LaunchPlanState.ACTIVE)
    active = remote.fetch_active_launchplan(name="chain_of_three")
    check("activates a launch plan and finds it active", active.id.version == VERSION, active.id)


def launch():
    workflow = remote.fetch_workflow(name="flows.chain", version=VERSION)
    execution = remote.execute(workflow, inputs={"x": 5}, execution_name="first")
    check("launches a workflow", execution.id.name == "first", execution.id)
    again = remote.execute(workflow, inputs={"x": 5}, execution_name="first")
    check("launches under a name that is taken and gets that execution", again.id.name == "first", again.id)
    plan = remote.fetch_launch_plan(name="chain_of_three", version=VERSION)
    options = Options(max_parallelism=3)
    planned = remote.execute(plan, inputs={}, execution_name="planned", options=options)
    spec = remote.fetch_execution(name=planned.id.name).spec
    check("launches a launch plan with options", spec.max_parallelism == 3, spec)
    task = remote.fetch_task(name="flows.double", version=VERSION)
    single = remote.execute(task, inputs={"x": 1}, execution_name="single")
    check("launches a task by itself", single.id.name == "single", single.id)
    return execution


def sync(execution):
    running = remote.sync(execution)
    check("syncs an execution that has not begun", not running.is_done, running.closure)
    tasks = {
        "n0": remote.fetch_task(name="flows.double", version=VERSION).id.to_flyte_idl(),
        "n1": remote.fetch_task(name="flows.label", version=VERSION).id.to_flyte_idl(),
    }
    engine.finish_chain(execution.id.to_flyte_idl(), tasks, x=5)
    done = remote.sync(execution, sync_nodes=True)
    check("syncs an execution that is over", done.is_successful, done.closure)
    check("reads its inputs", done.inputs.get("x", int) == 5, done.inputs)
    outputs = (done.outputs.get("o0", int), done.outputs.get("o1", str))
    check("reads its outputs", outputs == (10, "n10"), outputs)
    node = done.node_executions["n0"]
    check("reads the outputs of its nodes", node.outputs.get("o0", int) == 10, node.outputs)
    attempt = node.task_executions[0]
    check("reads the outputs of their attempts", attempt.outputs.get("o0", int) == 10, attempt)
    waited = remote.wait(execution, timeout=30, sync_nodes=False)
    check("waits for an execution that is over", waited.is_successful, waited.closure)


def lists():
    sort = Sort("created_at", Sort.Direction.ASCENDING)
    found, token = remote.client.list_executions_paginated(
        PROJECT, DOMAIN, limit=2, filters=[ValueIn("phase", ["UNDEFINED", "SUCCEEDED"])], sort_by=sort
    )
    names = [execution.id.name for execution in found]
    check("lists executions by phase, page by page", names == ["first", "planned"] and token == "2", names)
    plan_filter = [Equal("launch_plan.name", "chain_of_three")]
    found, _ = remote.client.list_executions_paginated(PROJECT, DOMAIN, filters=plan_filter)
    names = [execution.id.name for execution in found]
    check("lists the executions of a launch plan", names == ["planned"], names)
    recent = remote.recent_executions(limit=5)
    check("lists recent executions", len(recent) == 3, recent)
    identifier = NamedEntityIdentifier(PROJECT, DOMAIN, "flows.double")
    versions, _ = remote.client.list_tasks_paginated(identifier)
    check("lists the versions of a task", [task.id.version for task in versions] == [VERSION], versions)
    projects, _ = remote.client.list_projects_paginated()
    check("lists projects", [project.id for project in projects] == [PROJECT], projects)


def signal():
    workflow = remote.fetch_workflow(name="flows.gated", version=VERSION)
    execution = remote.execute(workflow, inputs={"x": 1}, execution_name="gated")
    # The engine makes the signal when it comes to the gate; until then there is none to set.
    from flyteidl.admin import signal_pb2
    from flyteidl.core import identifier_pb2, types_pb2

    signal_id = identifier_pb2.SignalIdentifier(
        signal_id="go", execution_id=execution.id.to_flyte_idl()
    )
    kind = types_pb2.LiteralType(simple=types_pb2.INTEGER)
    request = signal_pb2.SignalGetOrCreateRequest(id=signal_id, type=kind)
    remote.client._signal.GetOrCreateSignal(request, timeout=30)
    found = remote.list_signals("gated")
    check("lists the signals of an execution", [each.id.signal_id for each in found] == ["go"], found)
    remote.set_input("go", "gated", value=7, python_type=int)
    value = remote.list_signals("gated")[0].value.scalar.primitive.integer
    check("sets a signal", value == 7, value)


def upload(path):
    digest, address = remote.upload_file(path)
    check("uploads a file through a signed URL", address.startswith("s3://") and len(digest) == 16, address)
    link = remote.client.get_download_signed_url(address).signed_url
    with urllib.request.urlopen(link, timeout=30) as answer:
        body = answer.read()
    check("downloads it through another", body == path.read_bytes(), len(body))


def end():
    planned = remote.fetch_execution(name="planned")
    remote.terminate(planned, "not needed")
    phase = remote.fetch_execution(name="planned").closure.phase
    check("terminates an execution", phase == WorkflowExecutionPhase.ABORTING, phase)
    engine.workflow(planned.id.to_flyte_idl(), "ABORTED")
    over = remote.sync(planned)
    aborted = over.closure.phase == WorkflowExecutionPhase.ABORTED
    check("sees that it was aborted", aborted and over.is_done, over.closure)


register()
fetch()
sync(launch())
lists()
signal()
upload(Path(sys.argv[2]))
end()
print(f"{steps} steps")
