using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using SriovPulse.Benchmarks.Floor;

// The floor's reads behind Kestrel: what the web server alone adds to the floor.
var arguments = Arguments.Parse(args);
var files = new CounterFiles(arguments.Root, keepOpen: false);
var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, arguments.Port));
var app = builder.Build();
app.Run(async context =>
{
    var length = files.Collect();
    context.Response.ContentType = "text/plain; version=0.0.4";
    context.Response.ContentLength = length;
    await context.Response.Body.WriteAsync(files.Exposition.AsMemory(0, length), context.RequestAborted);
});
app.Run();
