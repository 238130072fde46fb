using KnowledgePortal.Benchmarks.Content;
using KnowledgePortal.Benchmarks.Crash;
using KnowledgePortal.Benchmarks.Digests;
using KnowledgePortal.Benchmarks.Kernel;
using KnowledgePortal.Benchmarks.Pages;
using KnowledgePortal.Benchmarks.Search;

return args switch
{
    _ when args.Contains("--help") => Arguments.ShowUsage(),
    ["search", "index", .. var rest] => IndexVerb.Run(new Arguments(rest)),
    ["search", "run", .. var rest] => RunVerb.Run(new Arguments(rest)),
    ["search", "latency", .. var rest] => LatencyVerb.Run(new Arguments(rest)),
    ["search", "score", .. var rest] => ScoreVerb.Run(new Arguments(rest)),
    ["search", "tokens", .. var rest] => TokensVerb.Run(new Arguments(rest), cut: true),
    ["search", "lines", .. var rest] => TokensVerb.Run(new Arguments(rest), cut: false),
    ["search", "update", .. var rest] => UpdateVerb.Run(new Arguments(rest)),
    ["digests", .. var rest] => await DigestsVerb.RunAsync(new Arguments(rest)),
    ["versions", .. var rest] => await VersionsVerb.RunAsync(new Arguments(rest)),
    ["pages", .. var rest] => await PagesVerb.RunAsync(new Arguments(rest)),
    ["bare", var file] => await PagesVerb.ServeBareAsync(file),
    ["crash", .. var rest] => await CrashVerb.RunAsync(rest),
    ["kernel", .. var rest] => await KernelVerb.RunAsync(new Arguments(rest)),
    _ => Arguments.ShowUsage(),
};
