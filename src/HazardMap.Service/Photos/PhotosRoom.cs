using HazardMap.Service.Hosting;
using HazardMap.Service.Photos.Uploads;

namespace HazardMap.Service.Photos;

/// <summary>Photos of inspections: how they come, what is kept of them, who may know more than the picture.</summary>
internal static class PhotosRoom
{
    public static void Add(House house)
    {
        PhotoSet.Describe(house.Model);
        house.Services.AddSingleton<PhotoQuota>().AddSingleton<UploadFiles>().AddSingleton<UploadTurns>().AddSingleton<UploadFinisher>();
        house.Services.AddHttpContextAccessor().AddScoped<UploadDesk>();
        house.Worker<UploadSweeper>();
        house.Routes(UploadEndpoints.Map);
        house.Routes(PhotoEndpoints.Map);
    }
}
