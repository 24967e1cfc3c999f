using HazardMap.Service.Commands;

// Each command stands in the room of its capability: up and serve in Hosting, import and export in Exchange, risk in Risk ...
return await new CommandLine().RunAsync(args);
