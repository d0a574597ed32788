Console.OutputEncoding = System.Text.Encoding.UTF8;
await (args[0] switch
{
    "dapper" => WithDapper.Run(),
    "efcore" => WithEfCore.Run(),
    var other => throw new ArgumentException(other),
});
return Check.Failed ? 1 : 0;
