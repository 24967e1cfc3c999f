namespace HazardMap.OData.Tests.Fuzz;

/// <summary>Requests to the yard that were right, and what is put into them.</summary>
public static class MutatedWrites
{
    public const string Ship = "01900000-0000-7000-8000-0000000000a1";
    public const string Sailor = "01900000-0000-7000-8000-0000000000b1";

    // Method and URL; headers; body. All of it is harmed alike.
    public static readonly string[] Requests =
    [
        "POST Ships\nPrefer: return=representation\n\n"
            + """{"Name":"x","Tonnes":5,"Dock@odata.bind":"Docks('A1')","Course":{"type":"LineString","coordinates":[[1,2],"""
            + """[3,4]]},"Sailors":[{"Name":"n","Pay":1}]}""",
        "POST Ships\nRepeatability-Request-ID: a1\nRepeatability-First-Sent: Sun, 22 Nov 2026 10:00:00 GMT\n\n"
            + """{"Name":"again","Badge":"AAAA","Afloat":null}""",
        $"PATCH Ships({Ship})\nIf-Match: W/\"1\"\nPrefer: return=minimal\n\n"
            + """{"@odata.etag":"W/\"1\"","Name":"y","Tonnes":7,"Flag":null,"Dock":{"@odata.id":"Docks('A2')"}}""",
        $"PATCH Ships({Ship})\nIf-Match: *\n\n" + """
            {"Sailors@odata.bind":["Sailors(01900000-0000-7000-8000-0000000000b1)"],"Sailors@delta":[{"Name":"q"}],
             "Course":{"type":"LineString","crs":{"type":"name"},"coordinates":[]}}
            """,
        $"PUT Ships({Ship})\nIf-Match: W/\"1\", \"2\"\n\n" + """{"Name":"whole","Tonnes":9,"Course":null}""",
        $"PUT Ships({Guid.Empty})\nIf-None-Match: *\n\n" + """{"Name":"upsert"}""",
        $"PUT Ships({Ship})/Flag\nIf-Match: *\n\n" + """{"value":"red"}""", $"DELETE Ships({Ship})/Flag\nIf-Match: *\n\n",
        $"PUT Ships({Ship})/Badge/$value\nIf-Match: *\nContent-Type: application/octet-stream\n\nabc",
        $"PUT Sailors({Sailor})/Ship/$ref\nIf-Match: *\n\n" + """{"@odata.id":"Ships(01900000-0000-7000-8000-0000000000a1)"}""",
        $"POST Ships({Ship})/Sailors/$ref\n\n" + """{"@id":"Sailors(01900000-0000-7000-8000-0000000000b1)"}""",
        $"DELETE Ships({Ship})/Sailors/$ref?$id=Sailors({Sailor})\n\n", $"DELETE Ships({Ship})\nIf-Match: W/\"9\"\n\n",
        "DELETE Docks('B1')\nIf-Match: *\n\n",
        $"POST Ships({Ship})/Sailors\n\n" + """{"Name":"below","Rank":"Mate"}""",
        "PATCH Docks('A1')\nIf-Match: *\n\n" + """{"Name":"Dock","Depth":1.5}""",
        "POST $batch\nPrefer: odata.continue-on-error\n\n"
            + """{"requests":[{"id":"1","method":"post","url":"Ships","headers":{"Prefer":"return=minimal"},"body":{"Name":"b"}},"""
            + """{"id":"2","atomicityGroup":"g","dependsOn":["1"],"method":"patch","url":"$1","""
            + """ "headers":{"If-Match":"$1"},"body":{"Flag":"f"}},"""
            + """{"id":"3","method":"get","url":"Ships?$top=1&$filter=Name eq 'b'","if":"$1 ne null"}]}""",
        "POST $batch\nContent-Type: multipart/mixed;boundary=b\n\n--b\r\nContent-Type: application/http\r\n\r\nGET Docks('A1') HTTP/1.1\r\n"
            + "\r\n\r\n--b\r\nContent-Type: multipart/mixed; boundary=\"c\"\r\n\r\n--c\r\nContent-Type: application/http\r\nContent-ID: "
            + "1\r\n\r\nPOST Ships HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{\"Name\":\"m\"}\r\n--c--\r\n--b--\r\n",
    ];

    public static readonly string[] RequestPieces =
    [
        "\"", "'", "{", "}", "[", "]", ",", ":", "null", "true", "1e999", "-0", "\\u0000", "\\ud800", "NaN", "\"@odata.type\":1,",
        "\"@removed\":{},", "999999999999999999", "[[[[1]]]]", "\"\"",
        "\0", "\n", "\r\n", "\n\n", "--b", "--c--", "$1", "$", "/$ref", "/$value", "/$count", "?$filter=", "$batch", "W/", "*", "(", ")",
        "Sailors", "Docks('A1')", "雾", "😀", "If-Match: *\n", "dependsOn", "\"id\":", "Content-ID: 1\r\n",
        "Content-Type: text/plain\n", "Content-Type: application/json;IEEE754Compatible=true\n", "Content-Encoding: gzip\n",
        "Prefer: respond-async\n", "OData-Version: 3.0\n", "@", "../", "//", "%00", "%", "#", "Course", "\"type\":\"Point\",",
    ];

    // Only the body is harmed, so that the request gets as far as its reader.
    public static readonly (string Method, string Url, string Type, string Body)[] Bodies =
    [
        ("POST", "Ships", "application/json", """{"Name":"f","Dock":{"Code":"F1","Name":"d"},"Sailors":[{"Name":"s","Pay":3},"""
            + """{"@id":"Sailors(01900000-0000-7000-8000-000000000001)"}],"Course":{"type":"LineString","coordinates":[[1,2],[3,4]]}}"""),
        ("PUT", "Docks('FZ')", "application/json",
            """{"Code":"FZ","Name":"f","Depth":1.5,"Ships@odata.bind":["Ships(01900000-0000-7000-8000-000000000001)"]}"""),
        ("PATCH", "Ships", "application/json", """{"@context":"#$delta","value":[{"Name":"f","@etag":"*"},"""
            + """{"@removed":{"reason":"deleted"},"@id":"Ships(01900000-0000-7000-8000-000000000001)"}]}"""),
        ("PUT", "Ships(01900000-0000-7000-8000-000000000001)/Dock/$ref", "application/json", """{"@odata.id":"Docks('A1')"}"""),
        ("PUT", "Ships(01900000-0000-7000-8000-000000000001)/Tonnes/$value", "text/plain", "17"),
        ("POST", "Docks('A1')/Ships", "application/json", """{"Name":"f","Tonnes":5,"Badge":"AAAA","Afloat":true}"""),
        ("POST", "Papers", "text/plain", "some text"),
        ("POST", "$batch", "application/json",
            """{"requests":[{"id":"1","atomicityGroup":"g","method":"POST","url":"Ships","body":{"Name":"f"}},"""
                + """{"id":"2","atomicityGroup":"g","dependsOn":["1"],"method":"PATCH","url":"$1","""
                + """ "headers":{"If-Match":"$1","repeatability-request-id":"f","repeatability-first-sent":"x"},"body":{"Flag":"x"}},"""
                + """{"id":"3","dependsOn":["g"],"method":"GET","url":"$1/Dock?$select=Name"},"""
                + """{"id":"4","method":"PUT","url":"/yard/Ships(01900000-0000-7000-8000-000000000001)/Badge/$value","""
                + """ "headers":{"content-type":"image/png","if-match":"*"},"body":"AQID"}]}"""),
        ("POST", "$batch", "multipart/mixed;boundary=b", "--b\r\nContent-Type: multipart/"
            + "mixed; boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\nContent-ID: 1\r\n\r\nPOST Ships HTTP/1.1\r\nContent-Type: "
            + "application/json\r\n\r\n{\"Name\":\"f\"}\r\n--c\r\nContent-Type: application/http\r\n\r\nDELETE $1 HTTP/1.1\r\nIf-Match: "
            + "*\r\n\r\n\r\n--c--\r\n--b\r\nContent-Type: application/http\r\n\r\nGET /yard/Ships?$top=1 HTTP/1.1\r\n\r\n\r\n--b--\r\n"),
    ];

    public static readonly string[] BodyPieces =
    [
        "\"", "{", "}", "[", "]", ",", ":", "null", "1e999", "-0", "\\u0000", "\\ud800", "NaN", "\"@odata.type\":1,",
        "\"@id\":\"Ships(1)\",", "\"@removed\":{},", "999999999999999999",
        "[[[[1]]]]", "\"\"", "true", "\0", "$", "$1", "/", "(", ")", "'", "%", "%00", "%zz", "..", "?", "#", "&", "\r\n", "--b", "--c",
        "HTTP/1.1", "Content-Length: 5\r\n", "\"if\":1,", "dependsOn",
        "@odata.bind", "@delta", "$ref", "$value", "$batch", "$count", "雾", "If-Match: *", "DELETE", "PUT", "get",
        "Repeatability-Request-ID",
    ];
}
