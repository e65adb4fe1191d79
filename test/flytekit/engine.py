"""Stands in for Flyte's engine: reports what a run of `flows.chain` would have done."""

from datetime import datetime, timedelta, timezone

from flyteidl.admin import event_pb2
from flyteidl.core import execution_pb2, identifier_pb2, literals_pb2
from flyteidl.event import event_pb2 as flyte_events
from google.protobuf.timestamp_pb2 import Timestamp

STARTED = datetime(2024, 1, 15, 9, tzinfo=timezone.utc)


def literal(value):
    primitive = (
        literals_pb2.Primitive(integer=value)
        if isinstance(value, int)
        else literals_pb2.Primitive(string_value=value)
    )
    return literals_pb2.Literal(scalar=literals_pb2.Scalar(primitive=primitive))


def literals(**values):
    return literals_pb2.LiteralMap(literals={name: literal(value) for name, value in values.items()})


class Engine:
    def __init__(self, remote):
        # The client has no method of its own for events, which only engines send.
        self.stub = remote.client._stub
        self.seconds = 0

    def now(self):
        self.seconds += 1
        time = Timestamp()
        time.FromDatetime(STARTED + timedelta(seconds=self.seconds))
        return time

    def workflow(self, execution_id, phase, output=None):
        event = flyte_events.WorkflowExecutionEvent(
            execution_id=execution_id,
            phase=execution_pb2.WorkflowExecution.Phase.Value(phase),
            occurred_at=self.now(),
            output_data=output,
        )
        request = event_pb2.WorkflowExecutionEventRequest(event=event)
        self.stub.CreateWorkflowEvent(request, timeout=30)

    def node(self, execution_id, node_id, phase, output=None):
        event = flyte_events.NodeExecutionEvent(
            id=identifier_pb2.NodeExecutionIdentifier(node_id=node_id, execution_id=execution_id),
            phase=execution_pb2.NodeExecution.Phase.Value(phase),
            occurred_at=self.now(),
            output_data=output,
            spec_node_id=node_id,
            node_name=node_id,
            event_version=1,
        )
        self.stub.CreateNodeEvent(event_pb2.NodeExecutionEventRequest(event=event), timeout=30)

    def task(self, execution_id, node_id, task_id, phase, output=None):
        event = flyte_events.TaskExecutionEvent(
            task_id=task_id,
            parent_node_execution_id=identifier_pb2.NodeExecutionIdentifier(
                node_id=node_id, execution_id=execution_id
            ),
            phase=execution_pb2.TaskExecution.Phase.Value(phase),
            occurred_at=self.now(),
            output_data=output,
            task_type="python-task",
            event_version=1,
        )
        self.stub.CreateTaskEvent(event_pb2.TaskExecutionEventRequest(event=event), timeout=30)

    def finish_chain(self, execution_id, tasks, x):
        """Runs `chain` to its end, node by node."""
        outputs = {"n0": literals(o0=2 * x), "n1": literals(o0=f"n{2 * x}")}
        self.workflow(execution_id, "RUNNING")
        for node_id, task_id in tasks.items():
            self.node(execution_id, node_id, "RUNNING")
            self.task(execution_id, node_id, task_id, "RUNNING")
            self.task(execution_id, node_id, task_id, "SUCCEEDED", outputs[node_id])
            self.node(execution_id, node_id, "SUCCEEDED", outputs[node_id])
        self.workflow(execution_id, "SUCCEEDED", literals(o0=2 * x, o1=f"n{2 * x}"))
