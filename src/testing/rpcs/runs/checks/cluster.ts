import { incompatibleCluster } from "../../../server-errors.js";

/** Whether an event says nothing of the cluster that it comes from; old senders say `propeller`. */
export function isAnonymousProducer(producerId: string): boolean {
  return producerId === "" || producerId === "propeller";
}

/** Refuses an event from a cluster that is not the execution's. */
export function checkCluster(recorded: string, producerId: string): void {
  if (isAnonymousProducer(producerId) || producerId === recorded) return;
  throw incompatibleCluster(
    `Cluster/producer from event [${producerId}] does not match existing workflow execution clusterInDB: [${recorded}]`,
    producerId,
  );
}
