namespace HazardMap.Service.Tests.Tiles;

/// <summary>The counts of low zooms as they are kept, and as counting anew gives them.</summary>
internal static class MapCellCounts
{
    public const string Kept = """
        select coalesce(jsonb_agg(to_jsonb(k) order by k.layer, k.cell_row, k.cell_column, k.class), '[]')::text from (
          select layer, cell_row, cell_column, class, sum(count)::bigint as count, sum(across)::bigint as across, sum(down)::bigint as down
          from register.map_cells group by 1, 2, 3, 4 having sum(count) <> 0 or sum(across) <> 0 or sum(down) <> 0) k
        """;

    public const string Counted = """
        select coalesce(jsonb_agg(to_jsonb(k) order by k.layer, k.cell_row, k.cell_column, k.class), '[]')::text from (
          select layer, down >> 20 as cell_row, across >> 20 as cell_column, class, count(*) as count,
            sum(across::bigint)::bigint as across, sum(down::bigint)::bigint as down
          from (select 'hazards' as layer, register.world_across(h.location) as across, register.world_down(h.location) as down,
            coalesce(r.level, '') as class
                from register.hazards h join register.hazard_risks r on r.hazard_id = h.id
                union all select 'facilities', register.world_across(location), register.world_down(location), kind
                  from register.facilities) places
          group by 1, 2, 3, 4) k
        """;
}
