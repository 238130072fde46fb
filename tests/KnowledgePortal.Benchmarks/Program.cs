using KnowledgePortal.Benchmarks.Content;
using KnowledgePortal.Benchmarks.Digests;
using KnowledgePortal.Benchmarks.Search;

return args switch
{
    ["search", "index", .. var rest] => IndexVerb.Run(new Arguments(rest)),
    ["search", "run", .. var rest] => RunVerb.Run(new Arguments(rest)),
    ["search", "latency", .. var rest] => LatencyVerb.Run(new Arguments(rest)),
    ["search", "tokens", .. var rest] => TokensVerb.Run(new Arguments(rest)),
    ["search", "update", .. var rest] => UpdateVerb.Run(new Arguments(rest)),
    ["digests", .. var rest] => await DigestsVerb.RunAsync(new Arguments(rest)),
    ["versions", .. var rest] => await VersionsVerb.RunAsync(new Arguments(rest)),
    _ => Arguments.ShowUsage(),
};
