import type { Mutant } from "./mutant.ts";

const METHOD = "DeleteObject";

/** Phones that delete something else than DeleteObject asks for (TR-069 A.3.2.7). */
export const deleteObjectMutants: readonly Mutant[] = [
  {
    id: "delete-nothing",
    phone: "A phone that says that it has deleted an object, and has it still.",
    breaks: "TR-069:A.3.2.7#deleted",
    caught: { "cwmp.delete-object.deletes": ["TR-069:A.3.2.7#deleted", "TR-069:A.3.2.7#unavailable"] },
    change: () => ({ rpc: { deletes: () => false } }),
  },
  {
    id: "delete-later-ones-too",
    phone: "A phone that deletes with an object those that were made after it.",
    breaks: "TR-069:A.3.2.7#others-unchanged",
    caught: { "cwmp.delete-object.others-unchanged": ["TR-069:A.3.2.7#others-unchanged"] },
    change: () => ({ model: { instancesWithout: (instances, deleted) => instances.filter((number) => number < deleted) } }),
  },
  {
    id: "delete-closes-the-gap",
    phone: "A phone that gives the objects behind a deleted one lower numbers.",
    breaks: "TR-069:A.3.2.7#others-unchanged",
    caught: { "cwmp.delete-object.others-unchanged": ["TR-069:A.3.2.7#others-unchanged"] },
    change: ({ model }) => ({
      model: {
        instancesWithout: (instances, deleted) =>
          model.instancesWithout(instances, deleted).map((number) => (number > deleted ? number - 1 : number)),
      },
    }),
  },
  {
    id: "delete-values-of-all",
    phone: "A phone that resets the values of a whole table when one of its objects is deleted.",
    breaks: "TR-069:A.3.2.7#others-unchanged",
    caught: { "cwmp.delete-object.others-unchanged": ["TR-069:A.3.2.7#others-unchanged"] },
    change: ({ model }) => ({
      model: { withoutBranch: (byName, path) => model.withoutBranch(byName, path.replace(/\d+\.$/, "")) },
    }),
  },
  {
    id: "delete-leaves-what-is-inside",
    phone: "A phone that has empty tables where the tables inside of a deleted object were.",
    breaks: "TR-069:A.3.2.7#whole-branch",
    caught: { "cwmp.delete-object.whole-branch": ["TR-069:A.3.2.7#whole-branch"] },
    change: ({ rpc }) => ({
      rpc: {
        unknownName: (method, path, asked) => (/\.\d+\.\w+\.$/.test(path) ? undefined : rpc.unknownName(method, path, asked)),
      },
    }),
  },
  {
    id: "delete-undone-by-boot",
    phone: "A phone that has the object that was made last again after a reboot, although it was deleted.",
    breaks: "TR-069:A.3.2.7#persistent",
    caught: { "cwmp.delete-object.persistent": ["TR-069:A.3.2.7#persistent"] },
    change: () => ({
      model: {
        tablesAfterBoot: (tables, before) =>
          Object.fromEntries(
            Object.entries(tables).map(([path, { highest, instances }]) => {
              const isNew = highest > (before[path]?.highest ?? 0);
              return [path, { highest, instances: isNew ? [...new Set([...instances, highest])] : instances }];
            }),
          ),
      },
    }),
  },
  {
    id: "delete-key-not-set",
    phone: "A phone that does not keep the ParameterKey of DeleteObject.",
    breaks: "TR-069:A.3.2.7#parameter-key",
    caught: { "cwmp.delete-object.parameter-key": ["TR-069:A.3.2.7#parameter-key"] },
    quirk: "M50",
    change: ({ rpc }) => ({
      rpc: {
        parameterKey: (before, given, succeeded, method) =>
          rpc.parameterKey(before, given, succeeded && method !== METHOD, method),
      },
    }),
  },
  {
    id: "delete-key-set-by-failure",
    phone: "A phone that keeps the ParameterKey of a DeleteObject that it refuses.",
    breaks: "TR-069:A.3.2.7#parameter-key-kept",
    caught: { "cwmp.delete-object.parameter-key-kept": ["TR-069:A.3.2.7#parameter-key-kept"] },
    change: ({ rpc }) => ({
      rpc: {
        parameterKey: (before, given, succeeded, method) =>
          rpc.parameterKey(before, given, succeeded || method === METHOD, method),
      },
    }),
  },
];
