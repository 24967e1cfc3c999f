Console.WriteLine("usage: NAME [--json FILE]");
