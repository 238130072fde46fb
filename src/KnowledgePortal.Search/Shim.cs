#pragma warning disable
namespace KnowledgePortal.Search.Analysis { public sealed class ThaiAnalyzer {} }
namespace KnowledgePortal.Search.Indexing {
public sealed class DamagedIndexException(string m):Exception(m);
public sealed record TextField(string Name, float Boost);
public sealed record IndexSchema(IReadOnlyList<TextField> TextFields, IReadOnlyList<string> KeywordFields, IReadOnlyList<string> NumberFields);
public sealed class Document(string key){ public string Key=key; public Dictionary<string,string> S=new(); public Document AddText(string f,string t)=>this; public Document AddKeyword(string f,string v)=>this; public Document AddNumber(string f,long v)=>this; public Document Store(string n,string v){S[n]=v;return this;} }
public sealed class IndexWriter:IDisposable{ Dictionary<string,Document> d=new(); public static IndexWriter Open(string f, IndexSchema s, Analysis.ThaiAnalyzer a)=>new(); public void Update(Document x)=>d[x.Key]=x; public void Delete(string k)=>d.Remove(k); public void DeleteAll()=>d.Clear(); public void Commit(string c)=>CommitData=c; public string? CommitData{get;private set;} public Queries.Searcher OpenSearcher()=>new(d.Values.ToArray()); public long DocumentCount=>d.Count; public void Dispose(){} }
}
namespace KnowledgePortal.Search.Queries {
using Indexing;
public sealed class Query{} public static class QueryParser { public static Query Parse(string t, Analysis.ThaiAnalyzer a)=>new(); }
public sealed class SearchRequest{ public string Query{get;init;}=""; public IReadOnlyDictionary<string,IReadOnlyList<string>> Filters{get;init;}=new Dictionary<string,IReadOnlyList<string>>(); public IReadOnlyList<string> Facets{get;init;}=[]; public int Skip{get;init;} public int Top{get;init;} public string? SortByNumberDescending{get;init;} }
public sealed record FacetCount(string Value,long Count);
public sealed class SearchResult{ public long Total; public IReadOnlyList<Hit> Hits=[]; public IReadOnlyDictionary<string,IReadOnlyList<FacetCount>> Facets=new Dictionary<string,IReadOnlyList<FacetCount>>(); public Query Query=new(); }
public sealed class Hit(Document d){ public string Key=>d.Key; public string? Stored(string n)=>d.S.GetValueOrDefault(n); }
public sealed class Searcher(Document[] d){ public SearchResult Search(SearchRequest r)=>new(){Total=d.Length,Hits=d.Select(x=>new Hit(x)).Take(r.Top).ToList(),Facets=r.Facets.ToDictionary(f=>f,f=>(IReadOnlyList<FacetCount>)d.Where(x=>x.S.ContainsKey(f)).GroupBy(x=>x.S[f]).Select(g=>new FacetCount(g.Key,g.Count())).ToList())}; }
}
namespace KnowledgePortal.Search.Snippets {
public readonly record struct TextSpan(int Start,int End);
public sealed record Snippet(string Text, IReadOnlyList<TextSpan> Spans);
public sealed class Highlighter(Queries.Query q, Analysis.ThaiAnalyzer a){ public IReadOnlyList<TextSpan> Spans(string t)=>[]; public Snippet Snippet(string t,int l)=>new(t[..Math.Min(l,t.Length)],[]); public float Score(string t)=>0; }
}
